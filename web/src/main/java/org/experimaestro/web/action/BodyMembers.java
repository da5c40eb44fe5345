package org.experimaestro.web.action;

import java.util.List;
import java.util.stream.Collectors;
import org.experimaestro.base.text.NearName;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.web.http.HttpProblem;

/** The check of the members of a question's body. */
final class BodyMembers {
    private BodyMembers() {}

    /**
     * Requires that a body has no other members than those that are known.
     *
     * @param json the body
     * @param known the names of the members
     * @param wrong the beginning of the message
     * @throws HttpProblem if it has others, with all of them and the near names
     */
    static void requireKnown(JsonObject json, List<String> known, String wrong) {
        List<String> unknown = json.keys().stream()
                .filter(key -> !known.contains(key))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw new HttpProblem(
                            400,
                            wrong + "unknown members "
                                    + unknown.stream().map(VisibleText::of).collect(Collectors.joining(", ")),
                            "the members are " + String.join(", ", known))
                    .with(
                            "near",
                            unknown.stream()
                                    .flatMap(key -> NearName.find(key, known).stream())
                                    .distinct()
                                    .toList());
        }
    }
}
