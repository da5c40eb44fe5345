package org.experimaestro.faults;

import java.util.List;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;

/**
 * A configuration that no task makes, and that holds results.
 *
 * @param pieces the results
 */
@ConfigType("faults.bundle")
public record Bundle(List<Piece> pieces) implements Configurable {}
