import argparse
import json
import os
import signal
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument("--rate", type=float, required=True)
parser.add_argument("--epochs", type=int, required=True)
parser.add_argument("--pause", type=float, required=True)
parser.add_argument("--model", required=True)
arguments = parser.parse_args()
if arguments.rate <= 0:
    parser.error(f"the rate is {arguments.rate}, expected more than 0")


def stop(number, frame):
    print("asked to end, after", epoch, "epochs", file=sys.stderr)
    sys.exit(143)


signal.signal(signal.SIGTERM, stop)

weight = 0.0
with open(os.environ["EXPERIMAESTRO_MEASUREMENTS"], "a") as measurements:
    for epoch in range(arguments.epochs):
        weight -= arguments.rate * 2 * (weight - 3)
        done = (epoch + 1) / arguments.epochs
        print(f"loss={abs(weight - 3)} step={epoch} progress={done}", file=measurements, flush=True)
        time.sleep(arguments.pause)

with open(arguments.model, "w") as file:
    json.dump({"weight": weight}, file)
