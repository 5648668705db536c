"""Migrations: a store of any age becomes one of today, by Alembic."""
