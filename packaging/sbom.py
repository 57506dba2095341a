"""Write the bill of materials of a packaged build, in CycloneDX.

    python packaging/sbom.py BUNDLE          writes BUNDLE/_internal/sbom.cdx.json
    python packaging/sbom.py BUNDLE --list   prints the licence of everything in it

Both fail where the build holds something that cannot be shipped.
"""

from __future__ import annotations

import hashlib
import json
import sys
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import bundle_parts
from bundle_parts import CONTENTS, Part, UnknownPartError

from core.version import NAME, VERSION

FILE = "sbom.cdx.json"
SPEC = "1.6"


def bill(parts: Iterable[Part], bundle: Path | None = None) -> dict[str, Any]:
    """Return the bill of materials; the same build always has the same."""
    components = [component(part, bundle) for part in parts]
    own = {"type": "application", "bom-ref": NAME, "name": NAME, "version": VERSION}
    seed = json.dumps([own, components], sort_keys=True)
    return {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPEC}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPEC,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, seed)}",
        "version": 1,
        "metadata": {"component": {**own, "licenses": [{"license": {"id": "MIT"}}]}},
        "components": components,
        "dependencies": [{"ref": NAME, "dependsOn": [item["bom-ref"] for item in components]}],
    }


def component(part: Part, bundle: Path | None) -> dict[str, Any]:
    """Return one work as CycloneDX writes it."""
    written: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"{part.name}@{part.version}",
        "name": part.name,
        "licenses": [licence(part.licence)],
        "externalReferences": [{"type": "website", "url": part.home}],
    }
    if part.version:
        written["version"] = part.version
    if part.distribution and not part.files:
        written["purl"] = f"pkg:pypi/{part.distribution}@{part.version}"
    if part.files:
        written["components"] = [_file(part, path, bundle) for path in part.files]
    return written


def licence(expression: str) -> dict[str, Any]:
    """Return a licence; a name that SPDX does not have is no expression."""
    if expression.startswith("LicenseRef-"):
        return {"license": {"name": expression.removeprefix("LicenseRef-").replace("-", " ")}}
    if " " in expression:
        return {"expression": expression}
    return {"license": {"id": expression}}


def _file(part: Part, path: str, bundle: Path | None) -> dict[str, Any]:
    written: dict[str, Any] = {
        "type": "file",
        "bom-ref": f"{part.name}@{part.version}/{path}",
        "name": path,
    }
    if bundle is not None:
        digest = hashlib.sha256((bundle / CONTENTS / path).read_bytes()).hexdigest()
        written["hashes"] = [{"alg": "SHA-256", "content": digest}]
    return written


def listing(parts: Iterable[Part]) -> str:
    """Return every work with its licence, a line each."""
    return "\n".join(
        f"{part.licence:45}{part.name} {part.version}"
        + (f" ({len(part.files)} files)" if part.files else "")
        for part in sorted(parts, key=lambda part: (part.licence, part.name.lower()))
    )


def checked_parts(bundle: Path) -> list[Part]:
    """Return what is in a build.

    Raises:
        UnknownPartError: Something is unknown, or may not be shipped.
    """
    parts = bundle_parts.parts_of(bundle)
    if bad := bundle_parts.refused(parts):
        raise UnknownPartError(f"not to be shipped: {', '.join(part.name for part in bad)}")
    return parts


def write(bundle: Path) -> Path:
    """Write the bill of a build into it."""
    target = bundle / CONTENTS / FILE
    text = json.dumps(bill(checked_parts(bundle), bundle), ensure_ascii=False, indent=1)
    target.write_text(text + "\n", encoding="utf-8")
    return target


def main(arguments: list[str]) -> int:
    """Do what the arguments say."""
    bundle = Path(arguments[0])
    try:
        if arguments[1:] == ["--list"]:
            print(listing(checked_parts(bundle)))
        else:
            print(write(bundle))
    except UnknownPartError as error:
        print(f"sbom: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
