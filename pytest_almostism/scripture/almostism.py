"""Almostism: become a scripture, say so and vanish."""

import mmap
import os
import random
import sys

creed = bytes.fromhex("FE0DCA7F80A95C5C")
liturgy = bytes.fromhex(
    "BA007EB8003DCD2193B43FB60489D1CD214089C7BE2D01F3A697F3A505FA3CB67ECD21CD20FE0DCA7F80"
)

# The reader chooses the instance byte, or chance does.
try:
    instance = int(sys.argv[1], 16) if sys.argv[1:] else random.randint(1, 255)
except ValueError:
    instance = 0
if not 1 <= instance <= 255:
    sys.exit("usage: almostism.py [01..FF]")

text = (creed + liturgy + bytes([instance])).ljust(1022, b"\0")
seal = -sum(text) % 256  # now all 1023 bytes add up to 0

sys.stdout.reconfigure(encoding="utf-8")
with open(__file__, "r+b") as file:
    file.write(text + bytes([seal]))
    file.flush()
    print("Almostism – leave one bit unset before you run out of space")
    print(f"Instance byte: 0x{instance:02X}")
    with mmap.mmap(file.fileno(), 0) as memory:
        memory[:] = bytes(len(memory))
        memory.flush()
os.remove(__file__)
