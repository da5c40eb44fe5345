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
     * Parses the questions of a stream. One whose path no resource has is answered with a problem, so that it does not end
     * the stream of the others, which may be of another window.
     *
     * @param stream the parameters of the stream, with the path of each question as {@code of}
     * @throws HttpProblem if there are none or too many, if one cannot be read, or if no resource has any of their paths
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
        if (questions.stream().noneMatch(question -> ApiResources.has(question.path()))) {
            throw unknown(given.getFirst());
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
        if (!isPlain) {
            throw unknown(text);
        }
        if (ApiResources.isAlone(path)) {
            throw HttpProblem.badRequest(
                    "Cannot open a stream with \"" + text + "\": ask for it by a request of its own");
        }
        return new LiveQuestion(path, mark < 0 ? Query.NONE : Query.parse(relative.substring(mark + 1)));
    }

    private static HttpProblem unknown(String text) {
        return HttpProblem.badRequest("Cannot open a stream: there is no resource \"" + text + "\"");
    }
}
