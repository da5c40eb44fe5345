package org.experimaestro.tui.draw;

import java.time.ZoneId;

/**
 * The circumstances of a drawing that do not change. Immutable.
 *
 * @param zone the zone of the times
 * @param isColoured whether colours are shown: without them, brackets mark matches
 */
public record DrawContext(ZoneId zone, boolean isColoured) {}
