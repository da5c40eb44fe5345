package org.experimaestro.monitor.side;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.LaunchException;
import org.experimaestro.Question;
import org.experimaestro.base.text.NearName;

/** The check of the answers that a person gives to the questions of an action. */
public final class GivenAnswers {
    private GivenAnswers() {}

    /**
     * Completes answers with the defaults.
     *
     * @param action the action, for people
     * @param questions its questions
     * @param given the given answers by the names of questions
     * @return the answers to all questions, in their order
     * @throws LaunchException if an answer is wrong, is missing, or belongs to no question; the message has all problems
     */
    public static Map<String, List<String>> complete(
            String action, List<Question> questions, Map<String, List<String>> given) {
        List<String> problems = new ArrayList<>();
        List<String> names = questions.stream().map(Question::name).toList();
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                problems.add("it asks no question \"" + name + "\""
                        + NearName.advice(name, names)
                                .map(advice -> "; " + advice)
                                .orElse(names.isEmpty() ? "; it asks none" : ", only " + String.join(", ", names)));
            }
        }
        Map<String, List<String>> complete = new LinkedHashMap<>();
        for (Question question : questions) {
            List<String> answer = given.get(question.name());
            if (answer == null) {
                answer = question.defaults().orElse(null);
            }
            if (answer == null) {
                problems.add("the question \"" + question.name() + "\" has no answer (" + question.text() + ")");
                continue;
            }
            question.objection(answer)
                    .ifPresent(objection ->
                            problems.add("the answer to \"" + question.name() + "\" is wrong: " + objection));
            complete.put(question.name(), answer);
        }
        if (!problems.isEmpty()) {
            throw LaunchException.of("Cannot execute the " + action + ": " + String.join("; ", problems))
                    .build();
        }
        return complete;
    }

    /**
     * Splits a text into the answers to a question.
     *
     * @param question the question
     * @param text one answer; for several choices, answers with commas between them, or nothing
     * @return the answers, which need not be right
     */
    public static List<String> split(Question question, String text) {
        if (question.kind() != Question.Kind.CHOICES) {
            return List.of(text);
        }
        List<String> answers = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            if (!each.isBlank()) {
                answers.add(each.strip());
            }
        }
        return answers;
    }
}
