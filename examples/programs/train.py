import argparse
import json
import os

parser = argparse.ArgumentParser()
parser.add_argument("--rate", type=float, required=True)
parser.add_argument("--epochs", type=int, required=True)
parser.add_argument("--model", required=True)
arguments = parser.parse_args()

weight = 0.0
with open(os.environ["EXPERIMAESTRO_MEASUREMENTS"], "a") as measurements:
    for epoch in range(arguments.epochs):
        weight -= arguments.rate * 2 * (weight - 3)
        print(json.dumps({"loss": abs(weight - 3), "step": epoch}), file=measurements, flush=True)

with open(arguments.model, "w") as file:
    json.dump({"weight": round(weight, 4)}, file)
