/**
 * What portal and console are made of. The stylesheet is `@kruispunt/ui/styles.css`; the charts are loaded when asked for.
 * @module
 */
import { lazy } from 'react'

export { AccountPage } from './account/account-page.tsx'
export { askService } from './api/ask-service.ts'
export { NotDone, Refused, Unexpected, Unreachable } from './api/errors.ts'
export { sendFile } from './api/send-file.ts'
export type { ChartKind } from './charts/cell-chart.tsx'
export { CrossTabTable } from './cross-tab/cross-tab-table.tsx'
export { type Figure, figuresOf } from './cross-tab/figures.ts'
export { type Layout, layoutOf } from './cross-tab/layout.ts'
export { Legend } from './cross-tab/legend.tsx'
export { type CsvKind, csvOf, csvText } from './exports/csv.ts'
export { type Drawing, pngOf, svgTextOf } from './exports/picture.ts'
export { fileNameOf, saveFile } from './exports/save-file.ts'
export { type Account, xlsxOf } from './exports/xlsx.ts'
export { ErrorSummary, type FieldFault } from './forms/error-summary.tsx'
export { SelectField, TextField } from './forms/fields.tsx'
export { PageFrame } from './frame/page-frame.tsx'
export { PageTitle } from './frame/page-title.tsx'
export { createQueries } from './sign-in/create-queries.ts'
export { answerWithPasskey, canUsePasskeys, makePasskey } from './sign-in/passkey.ts'
export { type SignedIn, sessionCalls } from './sign-in/session-calls.ts'
export { SessionGate } from './sign-in/session-gate.tsx'
export { startPage } from './sign-in/start-page.tsx'
export { Empty, Failure, Loading } from './states/notices.tsx'
export { StatusTag } from './states/status-tag.tsx'
export { Term } from './states/term.tsx'
export { defineTexts, type Language, type Texts, type Translate } from './texts/define-texts.ts'
export { LanguageProvider, useLanguage, useTexts } from './texts/language.tsx'

export const CellChart = lazy(() => import('./charts/cell-chart.tsx'))
