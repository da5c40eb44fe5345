/**
 * The checks before a route sees a request: limits, the host, the session, the origin, and the token of actions.
 */
@NullMarked
package org.experimaestro.web.guard;

import org.jspecify.annotations.NullMarked;
