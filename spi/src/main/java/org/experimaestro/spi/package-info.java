/**
 * The interfaces of launchers and connectors: batch systems to which jobs are submitted, hosts on which commands run,
 * and the description of both. Implementations are found with {@link java.util.ServiceLoader}.
 */
@NullMarked
package org.experimaestro.spi;

import org.jspecify.annotations.NullMarked;
