"""Who is in the story beside the demonstration's lead and owner. Names and organisations are invented."""

from dataclasses import dataclass

from tracker.choices import Role


@dataclass(frozen=True)
class Player:
    """Somebody in the story, invited to Rotherham in a role; `key` is what the scenes call them."""

    key: str
    name: str
    job_title: str
    organisation: str
    role: Role
    sees_confidential: bool = False

    @property
    def email(self) -> str:
        """An address that reaches nobody."""
        return f"{self.name.lower().replace(' ', '.')}@example.org"


COUNCIL, POLICE, HEALTH, BOARD = "The council", "The police", "The health trust", "Children’s Improvement Board"
CAST = (
    Player("ruth", "Ruth Calder", "Head of safeguarding and quality assurance", COUNCIL, Role.LEAD),
    Player("imogen", "Imogen Vale", "Strategic director, children’s services", COUNCIL, Role.BOARD, True),
    Player("judith", "Judith Marlow", "Independent chair", BOARD, Role.BOARD),
    Player("neil", "Neil Harrow", "Lead member for children’s services", COUNCIL, Role.BOARD),
    Player("priya", "Priya Denholm", "Head of internal audit", COUNCIL, Role.AUDITOR),
    Player("tom", "Tom Ferris", "Service manager, children in need teams", COUNCIL, Role.OWNER),
    Player("helen", "Helen Ashby", "Manager of the child protection chairs", COUNCIL, Role.OWNER),
    Player("grace", "Grace Okoro", "Principal social worker", COUNCIL, Role.OWNER),
    Player("liam", "Liam Hurst", "Performance and quality manager", COUNCIL, Role.OWNER),
    Player("joan", "Joan Pryce", "Workforce manager", COUNCIL, Role.OWNER),
    Player("carl", "Carl Benton", "Detective inspector, public protection", POLICE, Role.PARTNER),
    Player("nadia", "Nadia Rahman", "Designated nurse for safeguarding children", HEALTH, Role.PARTNER),
)
