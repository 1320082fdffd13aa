"""What a seller sees of their work: home, the listings, one listing."""
