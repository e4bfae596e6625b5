// What a page gains when scripts run. Every journey works without this file.
import {
  Button,
  ErrorSummary,
  ExitThisPage,
  NotificationBanner,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "./govuk-frontend-6.6.0.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

createAll(SkipLink);
createAll(ErrorSummary);
createAll(NotificationBanner);
createAll(ServiceNavigation);
createAll(ExitThisPage);
createAll(Button, { preventDoubleClick: true });
