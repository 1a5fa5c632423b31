select sys_context('USERENV', 'SESSION_USER'), sys_context('USERENV', 'DB_NAME'), sys_context('USERENV', 'CON_NAME'),
  sys_context('USERENV', 'DATABASE_ROLE'), sys_context('USERENV', 'NETWORK_PROTOCOL')
from dual
