// The least that a script can do: connect, one query, print.
const mysql = require("mysql2");

const [url, username, domain] = process.argv.slice(2);
const connection = mysql.createConnection(url);
connection.query(
  "SELECT * FROM subscriber WHERE username = ? AND domain = ?",
  [username, domain],
  (error, rows) => {
    if (error) throw error;
    console.log(JSON.stringify(rows[0]));
    connection.end();
  },
);
