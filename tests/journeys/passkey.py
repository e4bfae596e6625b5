"""A passkey that lives in the browser under test, where a person would touch a finger to a sensor."""

from playwright.sync_api import CDPSession, Page


class Passkey:
    """A virtual authenticator in one page, which says yes to whatever it is asked."""

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "ctap2Version": "ctap2_1",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        added = self._session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self._id: str = added["authenticatorId"]

    def credentials(self) -> int:
        """Return how many passkeys it holds."""
        return len(self._session.send("WebAuthn.getCredentials", {"authenticatorId": self._id})["credentials"])

    def refuse(self) -> None:
        """From now on the person is not recognised."""
        state = {"authenticatorId": self._id, "isUserVerified": False}
        self._session.send("WebAuthn.setUserVerified", state)
