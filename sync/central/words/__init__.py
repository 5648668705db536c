"""Words: what people said on what waits for somebody, numbered, each judged once for ever, and what came back by it."""
