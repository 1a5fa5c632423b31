select count(*) from (
  select 1 as "one" from session_privs where privilege not in ('CREATE SESSION', 'ALTER SESSION', 'RESTRICTED SESSION', 'SET CONTAINER', 'SELECT ANY TABLE', 'READ ANY TABLE', 'SELECT ANY DICTIONARY', 'SELECT ANY SEQUENCE', 'SELECT ANY TRANSACTION', 'FLASHBACK ANY TABLE', 'LOCK ANY TABLE', 'EXEMPT ACCESS POLICY', 'EXEMPT REDACTION POLICY', 'UNLIMITED TABLESPACE', 'QUERY REWRITE', 'GLOBAL QUERY REWRITE')
  union all
  select 1 from user_objects where object_type in ('TABLE', 'VIEW', 'PROCEDURE', 'FUNCTION', 'PACKAGE', 'TYPE')
  union all
  select 1 from all_tab_privs p
  where p.privilege in ('INSERT', 'UPDATE', 'DELETE', 'ALTER', 'INDEX', 'EXECUTE', 'DEBUG', 'ON COMMIT REFRESH')
    and (p.grantee in (user, 'PUBLIC') or p.grantee in (select role from session_roles))
    and p.table_schema in (select username from all_users where oracle_maintained = 'N')
)
