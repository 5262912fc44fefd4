"""Fuzzing: what any bytes, texts and command lines may lead to, and programs that try very many of them."""
