-- Before a restore: empties this schema, and notes its grants. They are the database's own: a backup names no roles.
BEGIN;
SET LOCAL lock_timeout = '20s';
CREATE TEMPORARY TABLE grants_here ON COMMIT DROP AS
  SELECT format('%I.%I', nspname, relname) AS relation,
         format('GRANT %s ON %s %I.%I TO %s', privilege_type, CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
                nspname, relname, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END)
         AS statement
  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace, aclexplode(relacl)
  WHERE nspname = current_schema() AND grantee <> relowner;
DO $$
DECLARE statement text;
BEGIN
  -- What hangs on a table goes with it.
  FOREACH statement IN ARRAY ARRAY(
    SELECT format('DROP %s IF EXISTS %I.%I CASCADE', kind, nspname, relname)
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace JOIN (VALUES
      ('r', 1, 'TABLE'), ('p', 1, 'TABLE'), ('v', 2, 'VIEW'), ('m', 2, 'MATERIALIZED VIEW'), ('S', 3, 'SEQUENCE')
    ) AS kinds(letter, place, kind) ON relkind::text = letter
    WHERE nspname = current_schema()
      AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
    ORDER BY place
  ) || ARRAY(
    SELECT format('DROP ROUTINE IF EXISTS %I.%I(%s) CASCADE', nspname, proname, pg_get_function_identity_arguments(p.oid))
    FROM pg_proc p JOIN pg_namespace ON pg_namespace.oid = pronamespace
    WHERE nspname = current_schema() AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
  ) LOOP
    EXECUTE statement;
  END LOOP;
END $$;
