select convert(nvarchar(20), databasepropertyex(db_name(), 'Updateability'))
