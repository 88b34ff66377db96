package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** Counts the columns of a table, with cells that span several rows or columns. */
final class TableColumns {

    /** More than any readable table has; further cells follow each other without borders. */
    private static final int MOST_COLUMNS = 30;

    private static final Pattern SPAN = Pattern.compile("\\d{1,4}");

    private static final class Table {

        /** For each column, the number of rows from this one on that a cell above spans. */
        private final int[] taken = new int[MOST_COLUMNS];

        private int column;
        private int border;
    }

    private final Deque<Table> tables = new ArrayDeque<>();

    void beginTable() {
        tables.push(new Table());
    }

    void endTable() {
        tables.pop();
    }

    /** No cell extends beyond a head, a body or a foot. */
    void beginGroup() {
        if (!tables.isEmpty()) {
            Arrays.fill(tables.element().taken, 0);
        }
    }

    void beginRow() {
        if (tables.isEmpty()) {
            beginTable();
        }
        tables.element().column = 0;
        tables.element().border = 0;
    }

    void endRow() {
        Table table = tables.element();
        for (int i = 0; i < MOST_COLUMNS; i++) {
            table.taken[i] = Math.max(0, table.taken[i] - 1);
        }
    }

    /** Returns the number of borders between the previous cell and this one. */
    int next(Element cell) {
        if (tables.isEmpty()) {
            beginRow();
        }
        Table table = tables.element();
        while (table.column < MOST_COLUMNS && table.taken[table.column] > 0) {
            table.column++;
        }
        int borders = table.column - table.border;
        table.border = table.column;
        int columns = Math.max(1, span(cell.attr("colspan"), 1));
        int rows = span(cell.attr("rowspan"), 1);
        for (int i = 0; i < columns; i++) {
            if (table.column < MOST_COLUMNS) {
                table.taken[table.column] = rows == 0 ? Integer.MAX_VALUE : rows;
            } else if (i > 0) {
                break;
            }
            table.column++;
        }
        return borders;
    }

    private static int span(String given, int otherwise) {
        String span = given.strip();
        return !span.isEmpty() && SPAN.matcher(span).matches() ? Integer.parseInt(span) : otherwise;
    }
}
