"""Beyond one machine: several servers that share nothing but PostgreSQL."""
