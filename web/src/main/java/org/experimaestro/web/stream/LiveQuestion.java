package org.experimaestro.web.stream;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.web.api.ApiResources;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.PercentText;
import org.experimaestro.web.http.Query;

/**
 * A question of a stream. Immutable.
 *
 * @param path the segments of the path behind {@code /api/1/}
 * @param query the parameters
 */
record LiveQuestion(List<String> path, Query query) {
    /** The most questions of one stream. */
    static final int MOST = 32;

    private static final String PREFIX = "/api/1/";

    /**
     * Parses the questions of a stream.
     *
     * @param stream the parameters of the stream, with the path of each question as {@code of}
     * @throws HttpProblem if there are none or too many, or if no resource has a path
     */
    static List<LiveQuestion> parse(Query stream) {
        List<String> given = stream.all("of");
        if (given.isEmpty() || given.size() > MOST) {
            throw HttpProblem.badRequest("Cannot open a stream of " + given.size() + " questions: name 1 to " + MOST
                    + " resources, as in of=/api/1/workspace");
        }
        List<LiveQuestion> questions = new ArrayList<>();
        for (String text : given) {
            questions.add(parse(text));
        }
        return questions;
    }

    private static LiveQuestion parse(String text) {
        String relative = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
        int mark = relative.indexOf('?');
        List<String> path = new ArrayList<>();
        boolean isPlain = true;
        for (String segment : (mark < 0 ? relative : relative.substring(0, mark)).split("/", -1)) {
            String decoded = PercentText.decode(segment);
            isPlain &= PercentText.isSegment(decoded);
            path.add(decoded);
        }
        if (!isPlain || !ApiResources.has(path)) {
            throw HttpProblem.badRequest("Cannot open a stream: there is no resource \"" + text + "\"");
        }
        return new LiveQuestion(path, mark < 0 ? Query.NONE : Query.parse(relative.substring(mark + 1)));
    }
}
