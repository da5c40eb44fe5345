/** Journeys through the web page in a real browser: the packed program, as a user runs it, and what the user sees. */
@NullMarked
package org.experimaestro.browser;

import org.jspecify.annotations.NullMarked;
