package org.experimaestro.cli.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.TextTable;
import org.experimaestro.core.json.Json;
import org.experimaestro.web.running.RunningPage;

/** Texts about the pages that run. */
final class RunningPageTexts {
    private RunningPageTexts() {}

    /** Returns a table, which has no token: it may stay on a screen. */
    static List<Line> table(List<RunningPage> pages) {
        TextTable table = new TextTable("ADDRESS", "WORKSPACE", "HOST", "PROCESS", "ACTIONS");
        for (RunningPage page : pages) {
            table.add(
                    Line.of(page.address()),
                    Line.of(page.workspace()),
                    Line.of(page.process().host()),
                    Line.of(Long.toString(page.process().pid())),
                    Line.of(page.readOnly() ? "no" : "yes"));
        }
        return table.lines();
    }

    /** Returns a page as a line of JSON, with its token, for a script. */
    static String json(RunningPage page) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("address", page.address());
        json.put("workspace", page.workspace());
        json.put("host", page.process().host());
        json.put("pid", page.process().pid());
        json.put("readOnly", page.readOnly());
        json.put("token", page.token());
        return Json.writeLine(json);
    }
}
