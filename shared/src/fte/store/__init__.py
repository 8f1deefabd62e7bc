"""PostgreSQL: the record of the support desk."""
