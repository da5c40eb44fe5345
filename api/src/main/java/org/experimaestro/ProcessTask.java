package org.experimaestro;

import java.io.IOException;

/**
 * A task that runs a program, such as a Python script, and is its own output.
 *
 * <p>{@snippet :
 * @ConfigType("tutorial.train")
 * record Train(@Content Path script, double rate, @GeneratedPath("model.json") Path model)
 *         implements ProcessTask<Train> {
 *     @Override
 *     public Program program() {
 *         return Program.of("python3", script).argument("--rate", rate).argument("--model", model);
 *     }
 * }
 * }
 *
 * <p>The program gets the task's parameters as a JSON file, too: see {@link Program#parameters(Configurable)}. A task
 * with other outputs, or with work before or after the program, implements {@link Task} and calls {@link
 * TaskContext#run}.
 *
 * @param <T> the task's own class
 */
public interface ProcessTask<T extends ProcessTask<T>> extends SelfTask<T> {

    /**
     * Returns the program to run. Called once, in the job's process, with absolute generated paths.
     *
     * @return the program with its arguments
     */
    Program program();

    /**
     * Runs the program under the contract of {@link TaskContext#run}.
     *
     * @param context the job
     * @throws ProgramException if the program ends with another exit code than 0
     * @throws IOException if the program cannot be started
     * @throws InterruptedException if the job is asked to end
     */
    @Override
    default void execute(TaskContext context) throws IOException, InterruptedException {
        Program program = program();
        context.run(program.hasParameters() ? program : program.parameters(this));
    }
}
