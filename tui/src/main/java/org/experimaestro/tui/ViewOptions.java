package org.experimaestro.tui;

import java.nio.charset.Charset;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The choices of a view. Immutable.
 *
 * @param run the run that is shown first, {@code EXPERIMENT/RUN}; empty for the list of experiments
 * @param sshHost the name of the workspace's host for ssh; empty for this machine
 * @param isPartOfRun whether the process of the view runs a plan, which goes on when the view is left
 * @param isColoured whether colours may be shown
 * @param charset the encoding of the terminal
 * @param zone the zone of the times
 * @param clock the clock
 */
public record ViewOptions(
        Optional<String> run,
        Optional<String> sshHost,
        boolean isPartOfRun,
        boolean isColoured,
        Charset charset,
        ZoneId zone,
        InstantSource clock) {}
