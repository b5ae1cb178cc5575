-- After a restore: every table has the rows of the manifest, or none of it happened; then grants as they were.
DO $$
DECLARE one record; found bigint;
BEGIN
  FOR one IN SELECT * FROM (VALUES {counts}) AS counts(name, expected) LOOP
    EXECUTE format('SELECT count(*) FROM %s', one.name) INTO found;
    IF found <> one.expected THEN
      RAISE EXCEPTION '% has % rows, and the manifest says %', one.name, found, one.expected;
    END IF;
  END LOOP;
  FOR one IN SELECT * FROM pg_temp.grants_here LOOP
    IF to_regclass(one.relation) IS NOT NULL THEN
      EXECUTE one.statement;
    END IF;
  END LOOP;
END $$;
ANALYZE;
COMMIT;
