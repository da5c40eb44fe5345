package org.experimaestro;

/**
 * A configuration that changes how the jobs are launched whose tasks have it: their environment, their requirement,
 * their options. It knows what its code needs, so that no plan has to repeat it.
 *
 * <p>{@snippet :
 * @ConfigType("lab.cuda-backend")
 * public record CudaBackend(String version) implements Backend, LaunchHook {
 *     @Override
 *     public Launcher change(Launcher request) {
 *         return request.env("CUDA_HOME", "/opt/cuda-" + version);
 *     }
 * }
 * }
 *
 * <p>A hook is asked when a task is submitted whose parameters or init tasks have it, at any depth, or that is one
 * itself; once for each identifier. The first one gets the request of the plan, the next one what the former has returned.
 * The task itself comes first, then its configurations, the nearest first, in the order of the parameters. What the last
 * one returns replaces the plan's request, so a hook that leaves the plan the last word looks at what is set. Two hooks
 * that change the same variable, option or another part are an error.
 *
 * <p>What a hook does counts in no identifier. A job that is done asks no hook.
 */
public interface LaunchHook extends Configurable {

    /**
     * Returns the changed request. Called in the plan's process, while the task is submitted.
     *
     * @param request the request so far
     * @return the changed request, or the same one
     */
    Launcher change(Launcher request);
}
