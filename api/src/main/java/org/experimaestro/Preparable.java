package org.experimaestro;

/**
 * A configuration with a prepare step: a method that runs in the plan's process, once for each identifier and run, before
 * the first job that uses the configuration. It can download a file or build an index that many jobs read.
 *
 * <p>{@snippet :
 * @ConfigType("search.corpus")
 * public record Corpus(String url) implements Preparable {
 *     @Override
 *     public void prepare(PrepareContext context) throws Exception {
 *         context.cached("text", this::download);
 *     }
 *
 *     Path text(TaskContext context) throws Exception {
 *         return context.cached(this, "text", this::download);
 *     }
 *
 *     private void download(Path folder) throws IOException { … }
 * }
 * }
 *
 * <p>The step has no memory of its own: it runs in each run, and what it has made is found by its files. {@link
 * PrepareContext#cached} makes a folder only if it is not there. The step does not count in the identifier, and adding
 * it to a type changes no identifier. A job uses a configuration that is its task, or that is in its task at any depth,
 * also in lists and in outputs of other tasks. The step of a configuration that contains outputs of tasks runs after the
 * jobs of these tasks.
 */
public interface Preparable extends Configurable {

    /**
     * Prepares the configuration. Called in a thread of its own, while the plan goes on and other configurations are
     * prepared. Two runs that use the workspace prepare a configuration one after the other. If it fails, the jobs that
     * use the configuration are skipped, and the others run.
     *
     * @param context the context of the step
     * @throws InterruptedException if the run is stopped, which interrupts the thread
     * @throws Exception if anything goes wrong; the message is the reason why the jobs are skipped
     */
    void prepare(PrepareContext context) throws Exception;
}
