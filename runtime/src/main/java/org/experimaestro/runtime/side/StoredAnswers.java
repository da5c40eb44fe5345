package org.experimaestro.runtime.side;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.ActionContext;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.SideProcess;

/** The context of an action whose answers are stored with its execution. Confined to one thread. */
final class StoredAnswers implements ActionContext {
    private final SideProcess process;
    private final Map<String, List<String>> answers;
    private String result = "";

    private StoredAnswers(SideProcess process, Map<String, List<String>> answers) {
        this.process = process;
        this.answers = answers;
    }

    /** Reads the answers. */
    static StoredAnswers of(SideProcess process) throws IOException {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        JsonObject stored = process.request().object(SideProcess.ANSWERS);
        for (String question : stored.keys()) {
            List<String> texts = new ArrayList<>();
            for (Object text : stored.list(question)) {
                texts.add(String.valueOf(text));
            }
            answers.put(question, texts);
        }
        return new StoredAnswers(process, answers);
    }

    @Override
    public Path folder() {
        return process.path();
    }

    @Override
    public Path resultsFolder() {
        return process.folder().results();
    }

    @Override
    public String answer(String question) {
        List<String> given = answers(question);
        if (given.size() != 1) {
            throw new IllegalArgumentException("The question \"" + question + "\" has " + given.size()
                    + " answers; ask for all of them with answers");
        }
        return given.get(0);
    }

    @Override
    public List<String> answers(String question) {
        List<String> given = answers.get(question);
        if (given == null) {
            throw new IllegalArgumentException(
                    "The action asks no question \"" + question + "\", only " + String.join(", ", answers.keySet()));
        }
        return List.copyOf(given);
    }

    @Override
    public void result(String text) {
        result = text;
    }

    String result() {
        return result;
    }
}
