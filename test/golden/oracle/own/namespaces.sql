select username from all_users
where (username = user or username in (select owner from all_tables) or username in (select owner from all_views))
  and username in (select username from all_users where oracle_maintained = 'N')
