"""What the centre tells at a desk, as tests answer its questions."""
