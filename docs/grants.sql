-- What the site's own role may do on PostgreSQL, so that nobody who breaks into the site can rewrite its history.
-- Run as the owner of the tables, after every `manage.py migrate`: psql "$OWNERS_DATABASE_URL" -f docs/grants.sql
-- The site serves as `tracker`; a superuser has made that role beforehand (docs/operations.md).

GRANT USAGE ON SCHEMA public TO tracker;
REVOKE CREATE ON SCHEMA public FROM PUBLIC, tracker;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO tracker;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO tracker;
-- Which migrations ran is for the owner alone to say.
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM tracker;

-- What is written once: added to and read, nothing else. The tables are known by their triggers.
DO $$
DECLARE
    kept regclass;
BEGIN
    FOR kept IN SELECT DISTINCT tgrelid::regclass FROM pg_trigger WHERE tgname LIKE '%\_append\_only\_%' LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON %s FROM tracker', kept);
    END LOOP;
END
$$;
