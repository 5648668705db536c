"""The sums of the overlay: what all its events make together of a key or a plate, as tables that triggers keep."""

_KEY = "place, item, lot, serial, owner, status"
_LAID_KEY = " AND ".join(f"{name} = old.{name}" for name in _KEY.split(", "))
SUMS = f"""
CREATE TABLE laid (
    place TEXT NOT NULL, item TEXT NOT NULL, lot TEXT NOT NULL, serial TEXT NOT NULL, owner TEXT NOT NULL,
    status TEXT NOT NULL, quantity INTEGER NOT NULL, sides INTEGER NOT NULL,
    PRIMARY KEY ({_KEY})
) STRICT, WITHOUT ROWID;
CREATE INDEX laid_by_item ON laid (item);
CREATE INDEX laid_by_lot ON laid (lot) WHERE lot <> '';
CREATE INDEX laid_by_serial ON laid (serial) WHERE serial <> '';
CREATE INDEX laid_by_owner ON laid (owner) WHERE owner <> 'OWN';
INSERT INTO laid SELECT {_KEY}, sum(quantity), count(*) FROM overlay GROUP BY {_KEY};
CREATE TRIGGER overlay_laid AFTER INSERT ON overlay BEGIN
    INSERT INTO laid VALUES (new.place, new.item, new.lot, new.serial, new.owner, new.status, new.quantity, 1)
    ON CONFLICT ({_KEY}) DO UPDATE SET quantity = quantity + excluded.quantity, sides = sides + 1;
END;
CREATE TRIGGER overlay_lifted AFTER DELETE ON overlay BEGIN
    UPDATE laid SET quantity = quantity - old.quantity, sides = sides - 1 WHERE {_LAID_KEY};
    DELETE FROM laid WHERE {_LAID_KEY} AND sides = 0;
END;
CREATE INDEX overlay_contained ON overlay ({_KEY}, contained) WHERE contained IS NOT NULL;

CREATE TABLE plate_laid (
    plate TEXT PRIMARY KEY, number INTEGER NOT NULL, location TEXT NOT NULL, parent TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX plate_laid_by_location ON plate_laid (location);
CREATE INDEX plate_laid_by_parent ON plate_laid (parent);
INSERT INTO plate_laid SELECT plate, max(number), location, parent FROM plate_overlay GROUP BY plate;
CREATE TRIGGER plate_overlay_laid AFTER INSERT ON plate_overlay BEGIN
    INSERT INTO plate_laid VALUES (new.plate, new.number, new.location, new.parent)
    ON CONFLICT (plate) DO UPDATE SET number = excluded.number, location = excluded.location, parent = excluded.parent
    WHERE excluded.number > number;
END;
CREATE TRIGGER plate_overlay_lifted AFTER DELETE ON plate_overlay
WHEN EXISTS (SELECT 1 FROM plate_laid WHERE plate = old.plate AND number = old.number) BEGIN
    DELETE FROM plate_laid WHERE plate = old.plate;
    INSERT INTO plate_laid SELECT plate, number, location, parent FROM plate_overlay
    WHERE plate = old.plate ORDER BY number DESC LIMIT 1;
END;
DROP VIEW plate_now;
DROP INDEX plate_overlay_by_location;
DROP INDEX plate_overlay_by_parent;
CREATE INDEX plate_overlay_contained ON plate_overlay (plate, contained) WHERE contained IS NOT NULL;
CREATE VIEW plate_now AS
    SELECT p.plate, p.location, p.parent FROM plate p
    WHERE NOT EXISTS (SELECT 1 FROM plate_laid o WHERE o.plate = p.plate)
    UNION ALL SELECT o.plate, o.location, o.parent FROM plate_laid o;
"""
"""A migration of the cache: the overlay and its sums are always one, by whatever way an event comes and goes.

A look-up reads one row of a key, however many events wait; those stand in the overlay until they are contained.
"""
