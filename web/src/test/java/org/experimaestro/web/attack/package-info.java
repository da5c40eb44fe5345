/** Attacks on a real server, each of a kind that a browser, another user or another program can make. */
@NullMarked
package org.experimaestro.web.attack;

import org.jspecify.annotations.NullMarked;
