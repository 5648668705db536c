"""GS1 element strings: elements with identifiers, what is right in each, and which go together."""
