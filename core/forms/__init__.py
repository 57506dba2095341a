"""The official forms as data: which tables, labels and slots an edition has, and what adds up."""
