package org.experimaestro.cli.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.workspace.code.CodeChange;

/** Differences of code for programs. */
public final class CodeTexts {
    private CodeTexts() {}

    /** Returns all names, for a line of JSON. */
    public static Map<String, Object> json(CodeChange change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("classes", List.copyOf(change.classes()));
        json.put("jars", List.copyOf(change.jars()));
        return json;
    }
}
