package org.experimaestro;

import java.nio.file.Path;
import java.util.List;

/** The answers, the folder and the result of an action that is being executed. Confined to one thread. */
public interface ActionContext {

    /**
     * Returns the folder of this execution, for its files. It is empty at first, and is kept.
     *
     * @return an absolute path
     */
    Path folder();

    /**
     * Returns the folder of the experiment's results, which is the same for all of its runs.
     *
     * @return an absolute path, see {@link Experiment#resultsFolder}
     */
    Path resultsFolder();

    /**
     * Returns the answer to a question for one answer.
     *
     * @param question the name of the question
     * @return the text or the option; {@code yes} or {@code no}
     * @throws IllegalArgumentException if the action asks no such question, or it takes several answers
     */
    String answer(String question);

    /**
     * Returns the answers to a question.
     *
     * @param question the name of the question
     * @return the chosen options, in the order in which they were given; possibly empty
     * @throws IllegalArgumentException if the action asks no such question
     */
    List<String> answers(String question);

    /**
     * Returns whether the answer to a question is yes.
     *
     * @param question the name of a question for yes or no
     * @return whether it was answered with yes
     * @throws IllegalArgumentException if the action asks no such question, or it takes several answers
     */
    default boolean isYes(String question) {
        return answer(question).equals("yes");
    }

    /**
     * Sets the result that is shown to people, such as an address or a file name. It replaces one that was set before.
     *
     * @param text a short text
     */
    void result(String text);
}
