/** What can be done to jobs: each action tells first what it would do. */
@NullMarked
package org.experimaestro.monitor.action;

import org.jspecify.annotations.NullMarked;
