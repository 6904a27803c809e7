package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.report.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows under a heading, as aligned text or as JSON. */
final class Table {

    private final List<String> heading;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heading) {
        this.heading = List.of(heading);
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** One line for each row; the last column is not padded. */
    String text() {
        StringBuilder text = new StringBuilder();
        append(text, heading.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList());
        rows.forEach(row -> append(text, row));
        return text.toString();
    }

    /** An array of objects. */
    String json() {
        List<Json> items = new ArrayList<>();
        for (List<String> row : rows) {
            Map<String, Object> members = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                members.put(heading.get(i), row.get(i));
            }
            items.add(Json.of(members));
        }
        return Json.of(items).pretty() + "\n";
    }

    private void append(StringBuilder text, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = Printable.line(cells.get(i));
            line.append(cell);
            if (i < cells.size() - 1) {
                line.append(" ".repeat(width(i) - cell.length() + 2));
            }
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private int width(int column) {
        int width = heading.get(column).length();
        for (List<String> row : rows) {
            width = Math.max(width, Printable.line(row.get(column)).length());
        }
        return width;
    }
}
