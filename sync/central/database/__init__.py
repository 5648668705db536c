"""The database: tables, connections, migrations, bulk writing and retrying; no rule of the warehouse."""
