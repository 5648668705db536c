"""Back: what came back from the centre by somebody's word, kept until its worker has read it, and for a while after."""
