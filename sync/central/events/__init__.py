"""Events as they are pushed, decoded and checked, and as they are kept."""
