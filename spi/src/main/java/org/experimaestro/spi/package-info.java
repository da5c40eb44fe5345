/**
 * What a launcher or a connector implements: batch systems to which jobs are given, hosts on which commands run, and the
 * description of both. Found with {@link java.util.ServiceLoader}.
 */
@NullMarked
package org.experimaestro.spi;

import org.jspecify.annotations.NullMarked;
