package org.experimaestro;

import java.util.List;

/**
 * A configuration that a person can execute after a run, such as the export of a model: from the command line, as often
 * as they like, and when the plan's process is long gone.
 *
 * <p>{@snippet :
 * @ConfigType("lab.export")
 * public record Export(Model model) implements Action {
 *     @Override
 *     public List<Question> questions() {
 *         return List.of(Question.choice("format", "In which format?", "onnx", "safetensors").orElse("onnx"));
 *     }
 *
 *     @Override
 *     public void execute(ActionContext context) throws IOException {
 *         model.write(context.folder().resolve("model." + context.answer("format")));
 *     }
 * }
 *
 * xp.action("export", export().model(xp.submit(learn)).build());
 * }
 */
public interface Action extends Configurable {

    /**
     * Returns the questions that a person answers before the action is executed. Called when the plan declares the
     * action; the questions are stored.
     *
     * @return the questions, in the order in which they are asked; none by default
     */
    default List<Question> questions() {
        return List.of();
    }

    /**
     * Executes the action. Called in a process of its own, with the code of the run, whose working folder is the folder
     * of this execution. The jobs that made its parameters are done.
     *
     * @param context the answers and the folder
     * @throws Exception if anything goes wrong: this execution fails, and can be repeated
     */
    void execute(ActionContext context) throws Exception;
}
