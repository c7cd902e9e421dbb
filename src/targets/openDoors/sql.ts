/** The tables as one file of SQL for MySQL and MariaDB. */
import type { TableName, Tables } from './fit.js';
import type { Cell, Row } from './rows.js';

/** Rows of one statement; one of long texts has one. */
export const ROWS_AT_ONCE = 100;

/** Backslashes escape, whatever the server's own mode; nothing is cut in silence; an id of 0 would be one. */
export function sqlStart(tables: Tables): string {
  const create = (Object.keys(tables) as TableName[]).map((name) => createTable(name, tables[name]));
  return `SET NAMES utf8mb4;\nSET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO';\n\n${create.join('\n')}\n`;
}

function createTable(name: TableName, columns: Tables[TableName]): string {
  const lines = Object.entries(columns).map(([column, kind]) => `  \`${column}\` ${typeOf(kind)}`);
  return `CREATE TABLE \`${name}\` (\n${[...lines, '  PRIMARY KEY (`id`)'].join(',\n')}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n`;
}

function typeOf(kind: Tables[TableName][string]): string {
  switch (kind) {
    case 'id':
      return 'int NOT NULL AUTO_INCREMENT';
    case 'int':
      return 'int DEFAULT NULL';
    case 'flag':
      return 'tinyint(1) NOT NULL DEFAULT 0';
    case 'datetime':
      return 'datetime DEFAULT NULL';
    case 'text':
      return 'mediumtext';
    default:
      return `varchar(${kind}) DEFAULT NULL`;
  }
}

/** One statement for these rows; nothing for none. */
export function insert(table: TableName, rows: readonly Row[], tables: Tables): string {
  if (rows.length === 0) return '';
  const columns = Object.keys(tables[table]);
  const values = rows.map((row) => `(${columns.map((column) => literal(row[column] ?? null)).join(', ')})`);
  return `INSERT INTO \`${table}\` (${columns.map((column) => `\`${column}\``).join(', ')}) VALUES\n${values.join(',\n')};\n`;
}

const ESCAPES: Record<string, string> = {
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\x1a': '\\Z',
  "'": "\\'",
  '\\': '\\\\',
};

function literal(value: Cell): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those that end or break a literal are what is escaped here
  return `'${value.replace(/[\0\n\r\x1a'\\]/g, (char) => ESCAPES[char] as string)}'`;
}
