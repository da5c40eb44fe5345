package org.experimaestro.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.experimaestro.disturbance.program.Wish;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of the class use {@link TestCluster}. Where it cannot be had they are skipped; in CI they fail ({@link Wish}). After
 * each test, what it has broken is put right, and after the last one of the class all jobs are cancelled.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SlurmExtension.class)
public @interface NeedsSlurm {}
