/** For authors of launchers: the contract of a batch system as tests, and shells to run them with. */
@NullMarked
package org.experimaestro.launcher.contract;

import org.jspecify.annotations.NullMarked;
