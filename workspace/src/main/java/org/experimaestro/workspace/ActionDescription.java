package org.experimaestro.workspace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.Question;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A stored action, without its configuration.
 *
 * @param typeId the type id of the configuration
 * @param questions the questions
 * @param needs the names of the jobs that must be done, {@code type/identifier}
 * @param classPath the names of the jars in the workspace's folder of code; empty if the code is not stored
 */
public record ActionDescription(String typeId, List<Question> questions, List<String> needs, List<String> classPath) {
    private static final String QUESTIONS = "questions";
    private static final String DEFAULT = "default";

    /** Copies the lists. */
    public ActionDescription {
        questions = List.copyOf(questions);
        needs = List.copyOf(needs);
        classPath = List.copyOf(classPath);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = StoredFiles.begin();
        json.put("type", typeId);
        json.put("needs", needs);
        json.put(RunFolder.CLASS_PATH, classPath);
        List<Object> all = new ArrayList<>();
        for (Question question : questions) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("kind", question.kind().name());
            each.put("name", question.name());
            each.put("text", question.text());
            each.put("options", question.options());
            question.defaults().ifPresent(answer -> each.put(DEFAULT, answer));
            all.add(each);
        }
        json.put(QUESTIONS, all);
        return json;
    }

    static ActionDescription fromJson(JsonObject json) {
        List<Question> questions = new ArrayList<>();
        for (Object each : json.list(QUESTIONS)) {
            questions.add(question(JsonObject.of(each, "question")));
        }
        List<String> needs = new ArrayList<>();
        for (String job : texts(json.list("needs"))) {
            needs.add(JobFolder.requireName(job));
        }
        return new ActionDescription(json.string("type"), questions, needs, texts(json.list(RunFolder.CLASS_PATH)));
    }

    private static Question question(JsonObject json) {
        String name = json.string("name");
        String text = json.string("text");
        String[] options = texts(json.list("options")).toArray(new String[0]);
        try {
            Question question = switch (Question.Kind.valueOf(json.string("kind"))) {
                case CHOICE -> Question.choice(name, text, options);
                case CHOICES -> Question.choices(name, text, options);
                case TEXT -> Question.text(name, text);
                case YES_NO -> Question.yesNo(name, text);
            };
            return json.has(DEFAULT) ? question.orElse(texts(json.list(DEFAULT)).toArray(new String[0])) : question;
        } catch (IllegalArgumentException wrong) {
            throw new JsonException(String.valueOf(wrong.getMessage()));
        }
    }

    static List<String> texts(List<@Nullable Object> values) {
        List<String> texts = new ArrayList<>();
        for (Object value : values) {
            texts.add(String.valueOf(value));
        }
        return texts;
    }
}
