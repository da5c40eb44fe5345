/**
 * The pages that this user's processes serve now: a record of each, and the requests to it by other processes.
 */
@NullMarked
package org.experimaestro.web.running;

import org.jspecify.annotations.NullMarked;
